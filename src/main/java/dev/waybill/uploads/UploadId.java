package dev.waybill.uploads;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.batches.BatchId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of an upload, {@code upl_...}. A value of another form is reported as not found. */
public record UploadId(@JsonValue String value) implements TextValue {

    static final String PREFIX = "upl_";

    private static final Pattern FORM = Pattern.compile("upl_[A-Za-z0-9_-]{1,64}");

    public UploadId {
        if (!isValid(value)) {
            throw WaybillException.notFound("upload", value);
        }
    }

    static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    /**
     * The id of the object that confirming this upload creates. It is derived, so that however often and wherever the
     * upload is confirmed, the object is one.
     */
    public ObjectId objectId() {
        return new ObjectId("obj_" + value.substring(PREFIX.length()));
    }

    /** The id of the batch that processes the object, where the client requested one. */
    BatchId batchId() {
        return new BatchId(BatchId.PREFIX + value.substring(PREFIX.length()));
    }

    /** The id of that object's one blob, derived for the same reason. */
    String blobId() {
        return "blob_" + value.substring(PREFIX.length());
    }

    @Override
    public String toString() {
        return value;
    }
}
