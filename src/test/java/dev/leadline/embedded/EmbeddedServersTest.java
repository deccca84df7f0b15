package dev.leadline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.LeadlineTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

@LeadlineTest
class EmbeddedServersTest {

  @Autowired MongoTemplate mongo;
  @Autowired JavaMailSender sender;

  @Value("${leadline.embedded.mongo.running}")
  boolean mongoRunning;

  @Value("${leadline.embedded.mail.running}")
  boolean mailRunning;

  @Test
  void theApplicationFindsEveryServerThatNobodyConfigured() {
    assertThat(mongoRunning && mailRunning).isTrue();
    assertThat(mongo.executeCommand("{hello: 1}")).containsEntry("isWritablePrimary", true);
    SimpleMailMessage message = new SimpleMailMessage();
    message.setFrom("sender@leadline.example");
    message.setTo("someone@prospect.example");
    message.setText("Hello");
    sender.send(message);
  }
}
