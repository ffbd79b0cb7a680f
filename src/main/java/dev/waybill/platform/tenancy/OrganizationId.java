package dev.waybill.platform.tenancy;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import java.util.regex.Pattern;

/** The id of an organization, {@code org_...}. A value of another form is told as not found. */
public record OrganizationId(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("org_[A-Za-z0-9_-]{1,64}");

    public OrganizationId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("organization", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
