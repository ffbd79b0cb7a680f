package dev.waybill.syncs.filters;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses points in time: RFC 3339; UTC without a zone. */
final class Times {

    private static final Pattern FORM = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt"
            + " ]([0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?)([Zz]|[+-][0-9]{2}:[0-9]{2})?");

    private Times() {}

    /** Empty when it is not a time. */
    static Optional<Instant> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            String local = form.group(1) + 'T' + form.group(2);
            String zone = form.group(3);
            return Optional.of(
                    zone == null
                            ? LocalDateTime.parse(local).toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(local + zone).toInstant());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /** The same, or a date: its first moment in UTC. */
    static Optional<Instant> parseOrDay(String text) {
        try {
            return Optional.of(
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException noDay) {
            return parse(text);
        }
    }
}
