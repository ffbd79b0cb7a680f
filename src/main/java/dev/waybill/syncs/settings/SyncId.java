package dev.waybill.syncs.settings;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import java.util.regex.Pattern;

/** The id of a sync, {@code sync_...}. A value of another form is reported as not found. */
public record SyncId(@JsonValue String value) {

    public static final String PREFIX = "sync_";

    private static final Pattern FORM = Pattern.compile("sync_[A-Za-z0-9_-]{1,64}");

    public SyncId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("sync", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
