package dev.waybill.platform.web.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Builds the schemas of our records as they stand on the wire. A component that cannot be null is always there, so it
 * is required; one that can be null is left out instead, so it is optional and never null.
 */
final class WireModelResolver extends ModelResolver {

    WireModelResolver(ObjectMapper mapper) {
        super(mapper.setAnnotationIntrospector(AnnotationIntrospectorPair.create(
                new OwnNaming(), mapper.getSerializationConfig().getAnnotationIntrospector())));
        openapi31(true);
    }

    /** A record may go by other names than the rest; it says so with the annotation of the Jackson that writes it. */
    private static final class OwnNaming extends NopAnnotationIntrospector {

        @Override
        public @Nullable Object findNamingStrategy(AnnotatedClass type) {
            JsonNaming naming = type.getRawType().getAnnotation(JsonNaming.class);
            return naming != null && naming.value() == LowerCamelCaseStrategy.class
                    ? com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy.class
                    : null;
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // swagger-core's own signature
    protected boolean applyBeanValidatorAnnotations(
            BeanPropertyDefinition definition,
            Schema property,
            Annotation[] annotations,
            Schema parent,
            boolean applyNotNullAnnotations) {
        boolean applied =
                super.applyBeanValidatorAnnotations(definition, property, annotations, parent, applyNotNullAnnotations);
        AnnotatedMember member = definition.getPrimaryMember();
        if (parent != null
                && member != null
                && isAlwaysThere(member.getDeclaringClass(), definition.getInternalName())) {
            addRequiredItem(parent, definition.getName());
        }
        return applied;
    }

    @Override
    protected @Nullable Boolean resolveNullable(
            com.fasterxml.jackson.databind.introspect.Annotated annotated,
            Annotation[] annotations,
            io.swagger.v3.oas.annotations.media.Schema schema) {
        return null;
    }

    private static boolean isAlwaysThere(Class<?> owner, String name) {
        return owner.isRecord()
                && owner.getPackageName().startsWith("dev.waybill")
                && Arrays.stream(owner.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(name) && !isNullable(component));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
