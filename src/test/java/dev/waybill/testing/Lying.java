package dev.waybill.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A contract kit over liars, whose constructor takes the {@link Lie}; a static method {@code lies} tells them all. Its
 * tests are meant to fail, so it runs only within {@link Kits}, whatever pattern selects it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@MethodSource("lies")
@ExtendWith(Lying.WithinKits.class)
public @interface Lying {

    /** The parameter by which {@link Kits} makes itself known. */
    String WITHIN_KITS = "waybill.within-kits";

    /** Whether {@link Kits} runs it. */
    final class WithinKits implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(WITHIN_KITS).isPresent()
                    ? ConditionEvaluationResult.enabled("within a kit's own test")
                    : ConditionEvaluationResult.disabled("fails on purpose; its kit's own test runs it");
        }
    }
}
