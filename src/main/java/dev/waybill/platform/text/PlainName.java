package dev.waybill.platform.text;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bean Validation's constraint for a name that people read: not blank, and of letters that {@link Letters} lets stand.
 * Null is left to others.
 */
@Constraint(validatedBy = PlainName.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface PlainName {

    /** Replaced by what is wrong. */
    String message() default "is no name";

    /** Not used. */
    Class<?>[] groups() default {};

    /** Not used. */
    Class<? extends Payload>[] payload() default {};

    /** Reports each problem by itself. */
    final class Check implements ConstraintValidator<PlainName, String> {

        @Override
        public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
            List<String> problems =
                    name == null ? List.of() : name.isBlank() ? List.of("must not be blank") : Letters.problems(name);
            context.disableDefaultConstraintViolation();
            // Message templates take '{' and '$' as their own; none of the sentences has them.
            problems.forEach(problem ->
                    context.buildConstraintViolationWithTemplate(problem).addConstraintViolation());
            return problems.isEmpty();
        }
    }
}
