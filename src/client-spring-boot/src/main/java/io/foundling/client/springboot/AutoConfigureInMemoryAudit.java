package io.foundling.client.springboot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test of an application an {@code InMemoryAuditRecorder} instead of the recorder that needs a broker. Tests
 * that share an application share the recorder, so each begins with {@code clear()}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(InMemoryAuditAutoConfiguration.class)
public @interface AutoConfigureInMemoryAudit {}
