package dev.waybill.batches;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of a batch, {@code btch_...}. A value of another form is reported as not found. */
public record BatchId(@JsonValue String value) implements TextValue {

    public static final String PREFIX = "btch_";

    private static final Pattern FORM = Pattern.compile("btch_[A-Za-z0-9_-]{1,64}");

    public BatchId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("batch", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
