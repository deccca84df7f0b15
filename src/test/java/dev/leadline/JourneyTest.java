package dev.leadline;

import io.camunda.process.test.api.CamundaSpringProcessTest;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * A test that moves the embedded engine's time; the engine is empty before each test method.
 *
 * <p>So it deploys what it needs itself: the application would deploy once, at its start.
 */
@Tag("engine")
@LeadlineTest
@CamundaSpringProcessTest
@Import(WorkersOnce.class)
@TestPropertySource(properties = "leadline.journey.deploy=false")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JourneyTest {}
