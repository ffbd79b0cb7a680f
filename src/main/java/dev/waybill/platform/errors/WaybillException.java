package dev.waybill.platform.errors;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure that is reported to the caller, with a code of the catalogue. The message is for the person who reads the
 * answer: it names the field and the fix, and holds neither secrets nor the text of an exception from below. Details go
 * out as JSON and keep their order.
 */
public class WaybillException extends RuntimeException {

    private final ErrorCode code;
    private final transient Map<String, Object> details;

    public WaybillException(ErrorCode code, String message) {
        this(code, message, Map.of(), null);
    }

    public WaybillException(ErrorCode code, String message, Map<String, ?> details) {
        this(code, message, details, null);
    }

    public WaybillException(ErrorCode code, String message, Map<String, ?> details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = new LinkedHashMap<>(details);
    }

    /** 404 with the details that every not-found answer carries. */
    public static WaybillException notFound(String resource, String id) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", resource);
        details.put("id", id);
        return new WaybillException(ErrorCode.NOT_FOUND, "%s '%s' not found".formatted(resource, id), details);
    }

    /** The same for what lies in something that the request names too, and may have named wrongly. */
    public static WaybillException notFound(String resource, String id, String within, String name) {
        Map<String, Object> details = notFound(resource, id).details();
        details.put(within, name);
        return new WaybillException(
                ErrorCode.NOT_FOUND, "%s '%s' not found in %s '%s'".formatted(resource, id, within, name), details);
    }

    /**
     * 409 for a name that another one has.
     *
     * @param where what it must be unique in, such as {@code namespace}
     */
    public static WaybillException nameTaken(String where, String resource, String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", resource);
        details.put(resource + "_name", name);
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS,
                "The %s has a %s named '%s' already; choose another %s_name."
                        .formatted(where, resource, name, resource),
                details);
    }

    /** 503 for what is worth a retry in a second. */
    public static WaybillException tryAgain(String message) {
        return new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, message, Map.of("retry_after", 1));
    }

    public ErrorCode code() {
        return code;
    }

    public Map<String, Object> details() {
        return details;
    }

    /** The message, and the reason in words where the details hold one; for readers who see no details. */
    public String explained() {
        return details.get("reason") instanceof String reason ? getMessage() + ": " + reason : getMessage();
    }

    /** Never null here, unlike {@link Throwable#getMessage()}. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
