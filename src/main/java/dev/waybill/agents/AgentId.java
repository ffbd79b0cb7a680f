package dev.waybill.agents;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of an agent, {@code agt_...}. A value of another form is reported as not found. */
public record AgentId(@JsonValue String value) implements TextValue {

    static final String PREFIX = "agt_";

    private static final Pattern FORM = Pattern.compile("agt_[A-Za-z0-9_-]{1,64}");

    public AgentId {
        if (!isValid(value)) {
            throw WaybillException.notFound("agent", value);
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
