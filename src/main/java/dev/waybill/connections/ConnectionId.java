package dev.waybill.connections;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import java.util.regex.Pattern;

/** The id of a connection: {@code conn_} and 15 characters. A value of another form is reported as not found. */
public record ConnectionId(@JsonValue String value) {

    static final String PREFIX = "conn_";
    static final int DIGITS = 15;

    private static final Pattern FORM = Pattern.compile("conn_[A-Za-z0-9_-]{1,64}");

    public ConnectionId {
        if (!FORM.matcher(value).matches()) {
            throw WaybillException.notFound("connection", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
