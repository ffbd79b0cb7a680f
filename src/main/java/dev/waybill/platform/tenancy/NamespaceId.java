package dev.waybill.platform.tenancy;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of a namespace, {@code ns_...}. A value of another form is reported as not found. */
public record NamespaceId(@JsonValue String value) implements TextValue {

    private static final Pattern FORM = Pattern.compile("ns_[A-Za-z0-9_-]{1,64}");

    public NamespaceId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("namespace", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
