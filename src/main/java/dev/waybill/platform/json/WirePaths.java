package dev.waybill.platform.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Turns Bean Validation's path of Java names into the path on the wire. It walks along the validated values, because
 * only they know how their components are called in JSON.
 */
public final class WirePaths {

    private static final PropertyNamingStrategy SNAKE_CASE = PropertyNamingStrategies.SNAKE_CASE;

    private WirePaths() {}

    /**
     * @param start what the path starts at; null when it is not known, then names become snake_case
     * @param arguments the arguments of the validated method; null when a value was validated by itself
     */
    public static List<Object> of(Path path, @Nullable Object start, Object @Nullable [] arguments) {
        List<Object> location = new ArrayList<>();
        Object current = start;
        for (Path.Node node : path) {
            if (node.getKind() == ElementKind.PARAMETER && arguments != null) {
                current = arguments[node.as(Path.ParameterNode.class).getParameterIndex()];
            }
            if (node.isInIterable()) {
                Object step = stepOf(node);
                if (step != null) {
                    location.add(step instanceof Integer ? step : step.toString());
                }
                current = element(current, step);
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                location.add(wireName(current, node.getName()));
                current = read(current, node.getName());
            }
        }
        return location;
    }

    private static @Nullable Object stepOf(Path.Node node) {
        return node.getIndex() != null ? node.getIndex() : node.getKey();
    }

    private static @Nullable Object element(@Nullable Object container, @Nullable Object step) {
        if (container instanceof List<?> list && step instanceof Integer index && index < list.size()) {
            return list.get(index);
        }
        return container instanceof Map<?, ?> map && step != null ? map.get(step) : null;
    }

    private static String wireName(@Nullable Object owner, String name) {
        if (owner == null || !owner.getClass().isRecord()) {
            return named(SNAKE_CASE, name);
        }
        return component(owner, name)
                .map(component -> wireName(owner.getClass(), component))
                .orElseGet(() -> named(naming(owner.getClass()), name));
    }

    /** What a component of a record is called in JSON. */
    public static String wireName(Class<?> owner, RecordComponent component) {
        JsonProperty annotation = component.getAccessor().getAnnotation(JsonProperty.class);
        return annotation == null || annotation.value().isEmpty()
                ? named(naming(owner), component.getName())
                : annotation.value();
    }

    private static PropertyNamingStrategy naming(Class<?> type) {
        JsonNaming naming = type.getAnnotation(JsonNaming.class);
        return naming == null ? SNAKE_CASE : BeanUtils.instantiateClass(naming.value());
    }

    /** The strategies of Jackson use the name only. */
    private static String named(PropertyNamingStrategy strategy, String name) {
        return strategy.nameForField(null, null, name);
    }

    private static @Nullable Object read(@Nullable Object owner, String name) {
        if (owner == null || !owner.getClass().isRecord()) {
            return null;
        }
        return component(owner, name)
                .map(component -> call(component.getAccessor(), owner))
                .orElse(null);
    }

    public static @Nullable Object call(Method accessor, Object owner) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    private static Optional<RecordComponent> component(Object owner, String name) {
        return Arrays.stream(owner.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst();
    }
}
