package dev.waybill.objects;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.Optional;
import java.util.regex.Pattern;

/** The id of a bucket object, {@code obj_...}. A value of another form is told as not found. */
public record ObjectId(@JsonValue String value) implements TextValue {

    private static final Pattern FORM = Pattern.compile("obj_[A-Za-z0-9_-]{1,64}");

    public ObjectId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("object", value);
        }
    }

    /** Empty for a value that cannot be an object's id. */
    public static Optional<ObjectId> parse(String value) {
        return FORM.matcher(value).matches() ? Optional.of(new ObjectId(value)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
