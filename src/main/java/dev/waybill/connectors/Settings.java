package dev.waybill.connectors;

import dev.waybill.platform.errors.Violations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses and validates the settings of a connection as they were sent: known ones are stored under their canonical
 * names, unknown ones are dropped, as they may be misspelt secrets.
 */
public final class Settings {

    private static final int MAX_LENGTH = 4_096;

    /** Ids and secrets go into headers; regions and hosts are shorter than this anyway. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");

    private static final Pattern PRINTABLE_LINES = Pattern.compile("[\\x20-\\x7e\n]*");
    private static final Pattern MASKED = Pattern.compile("\\*+");

    private final Map<?, ?> sent;
    private final List<Object> at;
    private final String path;
    private final Violations violations;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, String> secrets;

    private Settings(Map<?, ?> sent, List<Object> at, String path, Violations violations, Map<String, String> secrets) {
        this.sent = sent;
        this.at = at;
        this.path = path;
        this.violations = violations;
        this.secrets = secrets;
    }

    /** @param at their path in the request, such as {@code body.provider_config} */
    public static Settings of(Map<String, Object> sent, String at) {
        return new Settings(
                sent, List.copyOf(Arrays.asList(at.split("\\."))), "", new Violations(), new LinkedHashMap<>());
    }

    /** Their credentials: an object of its own, or flat among the others. */
    public Settings credentials() {
        Object nested = sent.get("credentials");
        if (nested != null && !(nested instanceof Map)) {
            wrong("credentials", "Input should be an object");
        }
        Settings credentials = new Settings(
                nested instanceof Map<?, ?> map ? map : sent,
                nested == null ? at : Violations.below(at, "credentials"),
                path + "credentials.",
                violations,
                secrets);
        settings.put("credentials", credentials.settings);
        return credentials;
    }

    public boolean has(String name) {
        return sent.get(name) != null;
    }

    public void keep(String name, Object value) {
        settings.put(name, value);
    }

    /** A text, without the space that pasting leaves around it; null when it is absent or blank. */
    @Nullable
    public String text(String name, String... aliases) {
        String value = find(name, aliases);
        if (value != null) {
            settings.put(name, value);
        }
        return value;
    }

    /** A required text; empty when it is absent, which is a violation. */
    public String needed(String name, String... aliases) {
        String value = text(name, aliases);
        violations.has(Violations.below(at, name), value);
        return value == null ? "" : value;
    }

    /** A required secret. */
    public String secret(String name, String... aliases) {
        String value = spareSecret(name, aliases);
        violations.has(Violations.below(at, name), value);
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

    /** A secret of several lines, such as a private key; escaped line breaks are unescaped. */
    public String secretLines(String name) {
        Object value = sent.get(name);
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
            violations.has(Violations.below(at, name), text.isEmpty() ? null : text);
        }
        if (!text.isEmpty()) {
            secrets.put(path + name, text);
        }
        return text;
    }

    /** A text as it is: space is significant in keys. */
    public void prefix(String name) {
        if (sent.get(name) instanceof String value) {
            String prefix = value.startsWith("/") ? value.substring(1) : value;
            if (!prefix.isEmpty()) {
                settings.put(name, prefix);
            }
        } else if (has(name)) {
            wrong(name, "Input should be a string");
        }
    }

    public boolean flag(String name, boolean otherwise) {
        Object value = sent.get(name);
        if (value != null && !(value instanceof Boolean)) {
            wrong(name, "Input should be true or false");
        }
        boolean flag = value instanceof Boolean bool ? bool : otherwise;
        settings.put(name, flag);
        return flag;
    }

    /** A whole number within bounds; the default is stored as well. */
    public void number(String name, int otherwise, int min, int max) {
        Object value = sent.get(name);
        long number = value instanceof Number whole ? whole.longValue() : otherwise;
        boolean isWhole = value == null || value instanceof Integer || value instanceof Long;
        if (!isWhole || number < min || number > max) {
            wrong(name, "Input should be a whole number from %d to %d".formatted(min, max));
        }
        settings.put(name, (int) number);
    }

    /** The type of credentials, one of those supported. */
    public String type(String otherwise, List<String> supported) {
        String sent = find("type");
        String type = sent == null ? otherwise : sent;
        if (!supported.contains(type)) {
            wrong("type", "There are no credentials of that type here; one of: " + String.join(", ", supported));
            return otherwise;
        }
        settings.put("type", type);
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
        violations.add(Violations.below(at, name), message, "value_error");
    }

    /** @throws dev.waybill.platform.errors.InvalidRequest when there are violations */
    public ConnectorConfig config(String provider, String identity) {
        violations.refuse();
        return new ConnectorConfig(provider, settings, secrets, identity);
    }

    private @Nullable String find(String name, String... aliases) {
        for (String spelling : spellings(name, aliases)) {
            Object value = sent.get(spelling);
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
