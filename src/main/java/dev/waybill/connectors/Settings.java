package dev.waybill.connectors;

import dev.waybill.platform.errors.Violations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a connection as they were sent: what is known is checked and kept under its one name, what is not
 * known is left out, as it may be a misspelt secret.
 */
public final class Settings {

    private static final int MAX_LENGTH = 4_096;

    /** Ids and secrets go into headers; regions and hosts hold less than this anyway. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");

    private static final Pattern PRINTABLE_LINES = Pattern.compile("[\\x20-\\x7e\n]*");
    private static final Pattern MASKED = Pattern.compile("\\*+");

    private final Map<?, ?> given;
    private final List<Object> at;
    private final String path;
    private final Violations found;
    private final Map<String, Object> kept = new LinkedHashMap<>();
    private final Map<String, String> secrets;

    private Settings(Map<?, ?> given, List<Object> at, String path, Violations found, Map<String, String> secrets) {
        this.given = given;
        this.at = at;
        this.path = path;
        this.found = found;
        this.secrets = secrets;
    }

    /** @param at where they stand in the request, such as {@code body.provider_config} */
    public static Settings of(Map<String, Object> given, String at) {
        return new Settings(
                given, List.copyOf(Arrays.asList(at.split("\\."))), "", new Violations(), new LinkedHashMap<>());
    }

    /** Their credentials: an object of its own, or flat among the others. */
    public Settings credentials() {
        Object nested = given.get("credentials");
        if (nested != null && !(nested instanceof Map)) {
            wrong("credentials", "Input should be an object");
        }
        Settings credentials = new Settings(
                nested instanceof Map<?, ?> map ? map : given,
                nested == null ? at : Violations.below(at, "credentials"),
                path + "credentials.",
                found,
                secrets);
        kept.put("credentials", credentials.kept);
        return credentials;
    }

    public boolean has(String name) {
        return given.get(name) != null;
    }

    public void keep(String name, Object value) {
        kept.put(name, value);
    }

    /** A text, without the space that pasting leaves around it; null when it is absent or blank. */
    @Nullable
    public String text(String name, String... aliases) {
        String value = find(name, aliases);
        if (value != null) {
            kept.put(name, value);
        }
        return value;
    }

    /** One that must be there; when not, that is noted, and it is empty. */
    public String needed(String name, String... aliases) {
        String value = text(name, aliases);
        found.has(Violations.below(at, name), value);
        return value == null ? "" : value;
    }

    /** One that must be there and is told to nobody. */
    public String secret(String name, String... aliases) {
        String value = spareSecret(name, aliases);
        found.has(Violations.below(at, name), value);
        return value == null ? "" : value;
    }

    @Nullable
    public String spareSecret(String name, String... aliases) {
        String value = find(name, aliases);
        if (value != null && MASKED.matcher(value).matches()) {
            wrong(name, "The secret is masked; give the secret itself");
        }
        if (value != null) {
            secrets.put(path + name, value);
        }
        return value;
    }

    /** A secret of several lines, such as a private key; line breaks that were escaped on their way are taken for such. */
    public String secretLines(String name) {
        Object value = given.get(name);
        String text = value instanceof String lines
                ? lines.replace("\\n", "\n").replace("\r", "").strip()
                : "";
        if (value != null && !(value instanceof String)) {
            wrong(name, "Input should be a string");
        } else if (MASKED.matcher(text).matches() && !text.isEmpty()) {
            wrong(name, "The secret is masked; give the secret itself");
        } else if (text.length() > MAX_LENGTH || !PRINTABLE_LINES.matcher(text).matches()) {
            wrong(name, "It should have at most %d characters, all of ASCII".formatted(MAX_LENGTH));
        } else {
            found.has(Violations.below(at, name), text.isEmpty() ? null : text);
        }
        if (!text.isEmpty()) {
            secrets.put(path + name, text);
        }
        return text;
    }

    /** A text as it stands: space counts in keys. */
    public void prefix(String name) {
        if (given.get(name) instanceof String value) {
            String prefix = value.startsWith("/") ? value.substring(1) : value;
            if (!prefix.isEmpty()) {
                kept.put(name, prefix);
            }
        } else if (has(name)) {
            wrong(name, "Input should be a string");
        }
    }

    public boolean flag(String name, boolean otherwise) {
        Object value = given.get(name);
        if (value != null && !(value instanceof Boolean)) {
            wrong(name, "Input should be true or false");
        }
        boolean flag = value instanceof Boolean told ? told : otherwise;
        kept.put(name, flag);
        return flag;
    }

    /** A whole number within bounds; the default is kept as well. */
    public void number(String name, int otherwise, int min, int max) {
        Object value = given.get(name);
        long number = value instanceof Number told ? told.longValue() : otherwise;
        boolean isWhole = value == null || value instanceof Integer || value instanceof Long;
        if (!isWhole || number < min || number > max) {
            wrong(name, "Input should be a whole number from %d to %d".formatted(min, max));
        }
        kept.put(name, (int) number);
    }

    /** The kind of credentials, one of those that there are. */
    public String type(String otherwise, List<String> there) {
        String given = find("type");
        String type = given == null ? otherwise : given;
        if (!there.contains(type)) {
            wrong("type", "There are no credentials of that type here; one of: " + String.join(", ", there));
            return otherwise;
        }
        kept.put("type", type);
        return type;
    }

    public void form(String name, String value, Pattern form, String message) {
        if (!value.isEmpty() && !form.matcher(value).matches()) {
            wrong(name, message);
        }
    }

    /** @param max 0 for no bound */
    public void length(String name, String value, int min, int max) {
        if (!value.isEmpty() && (value.length() < min || max > 0 && value.length() > max)) {
            wrong(
                    name,
                    max == 0
                            ? "It should have at least %d characters".formatted(min)
                            : "It should have %d to %d characters".formatted(min, max));
        }
    }

    public void wrong(String name, String message) {
        found.add(Violations.below(at, name), message, "value_error");
    }

    /** @throws dev.waybill.platform.errors.InvalidRequest when anything was wrong */
    public ConnectorConfig config(String provider, String identity) {
        found.refuse();
        return new ConnectorConfig(provider, kept, secrets, identity);
    }

    private @Nullable String find(String name, String... aliases) {
        for (String spelling : spellings(name, aliases)) {
            Object value = given.get(spelling);
            if (value == null) {
                continue;
            }
            if (!(value instanceof String text)) {
                wrong(spelling, "Input should be a string");
                return null;
            }
            if (text.length() > MAX_LENGTH || !PRINTABLE.matcher(text.strip()).matches()) {
                wrong(spelling, "It should have at most %d characters, all of ASCII".formatted(MAX_LENGTH));
                return null;
            }
            return text.isBlank() ? null : text.strip();
        }
        return null;
    }

    private static String[] spellings(String name, String... aliases) {
        String[] all = Arrays.copyOf(aliases, aliases.length + 1);
        System.arraycopy(aliases, 0, all, 1, aliases.length);
        all[0] = name;
        return all;
    }
}
