package dev.leadline.agent.tools;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.input.PromptTemplate;
import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.privacy.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How the talk between an agent and its model begins: the rules of it, the task, and whom it is about. */
@Component
class Opening {

  private final SystemMessage rules = SystemMessage.from(read("run-agent.system.md"));
  private final PromptTemplate task = PromptTemplate.from(read("run-agent.user.md"));
  private final Leads leads;
  private final InjectionGuard guard;

  Opening(Leads leads, InjectionGuard guard) {
    this.leads = leads;
    this.guard = guard;
  }

  /** @param words of the task, as the drawing has them */
  List<ChatMessage> of(String words, String leadId) {
    Lead lead = leads.get(leadId).reworded(guard::cleaned);
    String about = "Company: %s%nWebsite: %s%nThey wrote: %s".formatted(
        lead.company(), known(lead.website()), known(Redaction.of(lead.projectDescription())));
    return List.of(
        rules,
        task.apply(Map.of("task", words == null ? "" : words, "lead", ForeignText.harmless(about))).toUserMessage());
  }

  private static String known(String text) {
    return text == null || text.isBlank() ? "(nothing)" : text;
  }

  private static String read(String prompt) {
    try (InputStream file = Opening.class.getResourceAsStream("/prompts/" + prompt)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("prompts/" + prompt, e);
    }
  }
}
