package dev.waybill.objects.requests;

import dev.waybill.objects.BucketObject;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The precondition {@code If-Match} of an update or delete of an object: the object must still have the ETag that the
 * client read.
 *
 * @param header as it was sent; null when it was not
 */
record IfMatch(@Nullable String header) {

    static final IfMatch ANY = new IfMatch(null);

    /** The ETag of a version. */
    static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** @throws WaybillException 412 with the current ETag */
    void require(BucketObject object) {
        String current = etag(object.version());
        if (header == null
                || header.strip().equals("*")
                || Arrays.stream(header.split(",")).map(String::strip).anyMatch(current::equals)) {
            return;
        }
        throw new WaybillException(
                ErrorCode.PRECONDITION_FAILED,
                "Object '%s' has the ETag %s, and If-Match asks for %s: it was changed since. Get it, and try again."
                        .formatted(object.id(), current, header),
                Map.of("field", "If-Match", "expected", header, "actual", current));
    }
}
