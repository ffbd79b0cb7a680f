package dev.waybill.connectors;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long servers ask to be left alone. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param told seconds or a date; null when there is none
     * @return at most an hour; null when it says nothing, or that the time is over
     */
    public static @Nullable Duration read(@Nullable String told, Instant now) {
        if (told == null) {
            return null;
        }
        try {
            Duration wait = told.strip().matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(told.strip()))
                    : Duration.between(now, date(told));
            if (wait.isNegative()) {
                return null;
            }
            return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static Instant date(String told) {
        return ZonedDateTime.parse(told.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }
}
