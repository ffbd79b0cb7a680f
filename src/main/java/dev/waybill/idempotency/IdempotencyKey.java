package dev.waybill.idempotency;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.List;

/** An idempotency key: the client's name for a request, so that it is executed once however often it is sent. */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";
    static final int MAX_LENGTH = 255;

    /**
     * The key of a request.
     *
     * @param sent the header's values; the same one twice counts once
     */
    static IdempotencyKey of(List<String> sent) {
        List<String> values = sent.stream().map(String::strip).distinct().toList();
        if (values.size() != 1) {
            throw invalid("must be sent once; the values differ");
        }
        String value = values.getFirst();
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(IdempotencyKey::isVisible)) {
            throw invalid("must be 1 to %d visible ASCII characters, without spaces".formatted(MAX_LENGTH));
        }
        return new IdempotencyKey(value);
    }

    static InvalidRequest invalid(String why) {
        return new InvalidRequest(List.of(new Violation(List.of("header", HEADER), why, "value_error")));
    }

    private static boolean isVisible(int c) {
        return c > ' ' && c < 0x7f;
    }
}
