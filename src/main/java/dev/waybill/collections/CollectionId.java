package dev.waybill.collections;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of a collection, {@code col_...}. A value of another form is reported as not found. */
public record CollectionId(@JsonValue String value) implements TextValue {

    static final String PREFIX = "col_";

    private static final Pattern FORM = Pattern.compile("col_[A-Za-z0-9_-]{1,64}");

    public CollectionId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("collection", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
