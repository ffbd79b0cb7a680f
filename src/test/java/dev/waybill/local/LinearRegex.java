package dev.waybill.local;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in a query, matched in time linear in the text (RE2). The stand-in's own engine backtracks
 * within this process, without a time limit; this one is linear, and checks {@code maxTimeMS} before each text.
 */
final class LinearRegex extends BsonRegularExpression {

    private static final Set<String> QUERIES = Set.of("find", "aggregate", "count");
    private static final java.util.regex.Pattern FOUND = java.util.regex.Pattern.compile("");
    private static final java.util.regex.Pattern NOT_FOUND = java.util.regex.Pattern.compile("(?!)");
    private static final int MAX_TIME_MS_EXPIRED = 50;
    private static final int BAD_REGEX = 51_091;

    private final Pattern linear;
    private final long until;

    private LinearRegex(BsonRegularExpression regex, long until) {
        super(regex.getPattern(), regex.getOptions());
        this.linear = compiled(regex.getPattern(), regex.getOptions());
        this.until = until;
    }

    /** The query with all regular expressions replaced by linear ones. */
    static Document in(String command, Document query) {
        if (!QUERIES.contains(command)) {
            return query;
        }
        long most = query.get("maxTimeMS") instanceof Number limit && limit.longValue() > 0
                ? limit.longValue()
                : TimeUnit.DAYS.toMillis(1);
        return (Document) replaced(query, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(most));
    }

    /** The stand-in only calls {@code find()} on it. */
    @Override
    public Matcher matcher(String text) {
        if (System.nanoTime() - until > 0) {
            throw new MongoServerError(MAX_TIME_MS_EXPIRED, "MaxTimeMSExpired", "operation exceeded time limit");
        }
        return (linear.matcher(text).find() ? FOUND : NOT_FOUND).matcher("");
    }

    private static Object replaced(Object value, long until) {
        if (BsonRegularExpression.isRegularExpression(value)) {
            return new LinearRegex(BsonRegularExpression.convertToRegularExpression(value), until);
        }
        if (value instanceof Document document) {
            Document same = new Document();
            document.forEach((key, one) -> same.put(key, one == null ? null : replaced(one, until)));
            return same;
        }
        if (value instanceof Collection<?> several) {
            List<@Nullable Object> same = new ArrayList<>(several.size());
            several.forEach(one -> same.add(one == null ? null : replaced(one, until)));
            return same;
        }
        return value;
    }

    private static Pattern compiled(String pattern, @Nullable String options) {
        int flags = 0;
        for (char option : (options == null ? "" : options).toCharArray()) {
            flags |= switch (option) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                default -> 0;
            };
        }
        // Case-insensitive matching of some letters would loop for ever: https://github.com/google/re2j/issues/168
        String ends = pattern.replaceAll("[\u1c80-\u1c88]", "(?-i:$0)");
        try {
            return Pattern.compile(ends, flags);
        } catch (PatternSyntaxException e) {
            throw new MongoServerError(BAD_REGEX, "Location51091", "Regular expression is invalid: " + e.getMessage());
        }
    }
}
