package dev.waybill.deliveries;

import dev.waybill.webhooks.EventJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the placeholders {@code {{event_id}}}, {@code {{metadata.bucket_id}}} and the like with an event's values.
 */
final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s{0,10}([a-zA-Z0-9_.-]{1,200})\\s{0,10}}}");

    private Template() {}

    /** JSON with placeholders in its texts. A text that is one placeholder becomes the value itself, a number too. */
    static @Nullable Object json(@Nullable Object template, Map<String, Object> event) {
        return switch (template) {
            case String text -> {
                Matcher only = PLACEHOLDER.matcher(text);
                yield only.matches() ? value(only.group(1), event) : text(text, event, UnaryOperator.identity());
            }
            case Map<?, ?> map -> object(map, event);
            case List<?> list -> {
                List<@Nullable Object> filled = new ArrayList<>();
                list.forEach(value -> filled.add(json(value, event)));
                yield filled;
            }
            case null -> null;
            default -> template;
        };
    }

    /** The same for a whole object. */
    static Map<String, @Nullable Object> object(Map<?, ?> template, Map<String, Object> event) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        template.forEach((key, value) -> filled.put(String.valueOf(key), json(value, event)));
        return filled;
    }

    /** A text with placeholders; {@code escape} makes a value fit in. A placeholder without a value becomes empty. */
    static String text(String template, Map<String, Object> event, UnaryOperator<String> escape) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> {
            Object value = value(found.group(1), event);
            String text = value == null
                    ? ""
                    : value instanceof Map || value instanceof List ? EventJson.write(value) : value.toString();
            return Matcher.quoteReplacement(escape.apply(text));
        });
    }

    private static @Nullable Object value(String path, Map<String, Object> event) {
        Object current = event;
        for (String step : path.split("\\.")) {
            current = current instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return current;
    }
}
