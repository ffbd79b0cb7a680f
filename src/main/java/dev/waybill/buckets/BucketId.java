package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of a bucket, {@code bkt_...}. A value of another form is answered as not found. */
public record BucketId(@JsonValue String value) implements TextValue {

    private static final Pattern FORM = Pattern.compile("bkt_[A-Za-z0-9_-]{1,64}");

    public BucketId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("bucket", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
