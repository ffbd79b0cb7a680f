package dev.waybill.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.TextValue;
import java.util.regex.Pattern;

/** The id of a webhook: {@code wh_} and 16 hexadecimal digits. A value of another form is reported as not found. */
public record WebhookId(@JsonValue String value) implements TextValue {

    static final String PREFIX = "wh_";
    static final int DIGITS = 16;
    static final String PATTERN = "^wh_[a-fA-F0-9]{16}$";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    public WebhookId {
        if (!isValid(value)) {
            throw WaybillException.notFound("webhook", value);
        }
    }

    static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
