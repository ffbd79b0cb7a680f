package dev.waybill.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A contract kit over broken implementations: its constructor takes a {@link Lie}, a static method {@code lies} lists
 * them. Its tests are meant to fail, so it runs only within {@link Kits}, whatever pattern selects it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@MethodSource("lies")
@ExtendWith(Lying.WithinKits.class)
public @interface Lying {

    /**
     * The parameter by which {@link Kits} makes itself known: a line for each lie, with the tests to be run, divided by
     * blanks; an empty one for all of them.
     */
    String WITHIN_KITS = "waybill.within-kits";

    /** What a lie's part of a test's id is called. */
    String INVOCATION = "class-template-invocation";

    /** Whether {@link Kits} runs it. */
    final class WithinKits implements ExecutionCondition {

        private static final Pattern LIE = Pattern.compile("\\[" + INVOCATION + ":(#\\d+)]");

        /** The index of a lie among all, from 0, by its part of a test's id: {@code #1} is the first. */
        static int index(String invocation) {
            return Integer.parseInt(invocation.substring(1)) - 1;
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(WITHIN_KITS)
                    .map(wanted -> isWanted(context, wanted.split("\n", -1))
                            ? ConditionEvaluationResult.enabled("within a kit's own test")
                            : ConditionEvaluationResult.disabled("another test finds this lie out"))
                    .orElseGet(
                            () -> ConditionEvaluationResult.disabled("fails on purpose; its kit's own test runs it"));
        }

        private static boolean isWanted(ExtensionContext context, String[] wanted) {
            Matcher lie = LIE.matcher(context.getUniqueId());
            if (context.getTestMethod().isEmpty() || !lie.find()) {
                return true;
            }
            String tests = wanted[index(lie.group(1))];
            return tests.isEmpty()
                    || List.of(tests.split(" "))
                            .contains(context.getRequiredTestMethod().getName());
        }
    }
}
