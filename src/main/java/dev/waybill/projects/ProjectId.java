package dev.waybill.projects;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.ids.TextValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The id of a project: a UUID in lower case. */
public record ProjectId(@JsonValue String value) implements TextValue {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Empty when it is no UUID. */
    static Optional<ProjectId> parse(String text) {
        String value = text.toLowerCase(Locale.ROOT);
        return FORM.matcher(value).matches() ? Optional.of(new ProjectId(value)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
