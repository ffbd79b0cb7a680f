package dev.waybill.platform.web.bodies;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.json.IgnoredField;
import dev.waybill.platform.json.WirePaths;
import dev.waybill.platform.lists.Paging;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a request's record that an operation acts on. */
final class BodyFields {

    private final Class<?> type;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> aliases = new LinkedHashSet<>();
    private final Set<String> filled = new LinkedHashSet<>();
    private final Set<String> idle = new LinkedHashSet<>();

    private BodyFields(Class<?> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(IgnoredField.class)) {
                idle.add(WirePaths.wireName(type, component));
            }
        }
        for (RecordComponent component : acting(type)) {
            if (component.isAnnotationPresent(JsonUnwrapped.class)
                    || component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                names.addAll(of(component.getType()).names);
                continue;
            }
            names.add(WirePaths.wireName(type, component));
            if (component.getType() != Change.class) {
                filled.add(WirePaths.wireName(type, component));
            }
            JsonAlias alias = component.getAccessor().getAnnotation(JsonAlias.class);
            if (alias != null) {
                aliases.addAll(List.of(alias.value()));
            }
        }
    }

    static BodyFields of(Class<?> type) {
        return new BodyFields(type);
    }

    /** As they are called in JSON, in the order of the record. */
    Set<String> names() {
        return names;
    }

    /** Also one that is accepted and changes nothing: who sends it alone means no harm. */
    boolean have(String name) {
        return names.contains(name) || aliases.contains(name) || idle.contains(name);
    }

    /** Whether it is a field that null cannot clear. */
    boolean mustNotBeNull(String name) {
        return filled.contains(name);
    }

    /** Whether none of them was given, null apart. */
    boolean areAbsentIn(Object body) {
        for (RecordComponent component : acting(type)) {
            if (isGiven(WirePaths.call(component.getAccessor(), body))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGiven(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Change<?> change -> change.given();
            case Paging paging -> !paging.equals(Paging.NONE);
            default -> true;
        };
    }

    private static List<RecordComponent> acting(Class<?> type) {
        List<RecordComponent> acting = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.isAnnotationPresent(IgnoredField.class)) {
                acting.add(component);
            }
        }
        return acting;
    }
}
