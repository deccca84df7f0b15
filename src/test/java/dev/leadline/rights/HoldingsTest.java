package dev.leadline.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.util.ClassUtils;

class HoldingsTest {

  /** Whoever adds a document that is about a person must say so in Holdings; whoever adds another, in NOBODYS. */
  @Test
  void everyDocumentOfTheApplicationIsKnown() {
    var documents = new ClassPathScanningCandidateComponentProvider(false);
    documents.addIncludeFilter(new AnnotationTypeFilter(Document.class));
    Set<String> collections = documents.findCandidateComponents("dev.leadline").stream()
        .map(HoldingsTest::collection)
        .collect(Collectors.toSet());
    collections.addAll(Set.of("crm_outbox", "webhook_deliveries")); // named where relays are made

    assertThat(Holdings.collections()).doesNotContainAnyElementsOf(Holdings.NOBODYS);
    assertThat(collections).contains("leads", "suppressions", "calendar_events");
    collections.removeAll(Holdings.NOBODYS);
    assertThat(Holdings.collections()).isEqualTo(collections);
  }

  private static String collection(BeanDefinition document) {
    return ClassUtils.resolveClassName(document.getBeanClassName(), null).getAnnotation(Document.class).value();
  }
}
