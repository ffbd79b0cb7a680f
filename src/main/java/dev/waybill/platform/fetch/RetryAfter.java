package dev.waybill.platform.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the header {@code Retry-After}: a number of seconds, or a date. */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /**
     * How long to wait, as RFC 9110, 10.2.3, has it.
     *
     * @param header null when there is none
     * @return more than nothing; null when it holds nothing that can be read, or for a time that is over
     */
    public static @Nullable Duration read(@Nullable String header, Instant now) {
        String value = header == null ? "" : header.strip();
        Duration wait;
        try {
            wait = SECONDS.matcher(value).matches()
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
        } catch (DateTimeException neither) {
            return null;
        }
        return wait.isPositive() ? wait : null;
    }
}
