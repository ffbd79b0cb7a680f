package dev.waybill.platform.tenancy;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of an organization, {@code org_...}. A value of another form is reported as not found. */
public record OrganizationId(@JsonValue String value) implements TextValue {

    private static final Pattern FORM = Pattern.compile("org_[A-Za-z0-9_-]{1,64}");

    public OrganizationId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("organization", value);
        }
    }

    /** The {@code _id} of a document that belongs to the organization and to no namespace. */
    public String key(String id) {
        return value + "/" + id;
    }

    @Override
    public String toString() {
        return value;
    }
}
