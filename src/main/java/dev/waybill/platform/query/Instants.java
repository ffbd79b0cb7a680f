package dev.waybill.platform.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * One spelling for each instant of the years 0 to 9999, such as {@code 2024-06-02T04:30:00.000000000Z}. In it, instants
 * have the order of their texts, which a database can compare, and none of their nanoseconds is lost.
 */
public final class Instants {

    private static final DateTimeFormatter SPELLING = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int SHORTEST = "2024-06-02T04:30Z".length();

    private Instants() {}

    /** The instant of an RFC 3339 date and time with its zone; empty when it is none. */
    public static Optional<Instant> read(String text) {
        if (text.length() < SHORTEST || text.charAt(4) != '-') {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            return year >= 0 && year <= 9999 ? Optional.of(instant) : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** The spelling of an instant. */
    public static String spell(Instant instant) {
        return SPELLING.format(instant);
    }
}
