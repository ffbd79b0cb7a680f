package dev.waybill.platform.lists;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.waybill.platform.json.WireEnums;
import dev.waybill.platform.json.WirePaths;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a list's body, which may stand in the query string as well if it is simple.
 *
 * @param names how it is called on the wire, first its own name, then its aliases
 * @param type what it holds
 * @param description what the API's description says of it; empty for none
 * @param isOffByDefault whether it is a flag that clients send as false without meaning it
 */
public record ListField(List<String> names, Class<?> type, String description, boolean isOffByDefault) {

    /** The fields of a body in the order of its record, without its {@link Paging}. */
    public static List<ListField> of(Class<? extends PagedBody> body) {
        return components(body).stream().map(one -> of(body, one)).toList();
    }

    static List<RecordComponent> components(Class<? extends PagedBody> body) {
        return Arrays.stream(body.getRecordComponents())
                .filter(one -> one.getType() != Paging.class)
                .toList();
    }

    static ListField of(Class<?> owner, RecordComponent component) {
        List<String> names = new ArrayList<>();
        names.add(WirePaths.wireName(owner, component));
        JsonAlias alias = component.getAccessor().getAnnotation(JsonAlias.class);
        if (alias != null) {
            names.addAll(List.of(alias.value()));
        }
        Schema schema = component.getAccessor().getAnnotation(Schema.class);
        return new ListField(
                List.copyOf(names),
                component.getType(),
                schema == null ? "" : schema.description(),
                component.getType() == Boolean.class
                        && schema != null
                        && schema.defaultValue().equals("false"));
    }

    public String name() {
        return names.getFirst();
    }

    /** Whether a text can hold it: what has an inner structure stands in a body only. */
    public boolean isSimple() {
        return type != Map.class;
    }

    /** What may stand for a field of an enumerated type; null for any other. */
    public @Nullable List<String> allowed() {
        return type.isEnum() ? WireEnums.allowed(type) : null;
    }
}
