package dev.waybill.auth;

import dev.waybill.platform.web.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the API key from the {@code Authorization} header of a request. */
final class BearerToken {

    /** Up to a comma: proxies join a header that was sent twice, and the first is the one that counts. */
    private static final Pattern FORM = Pattern.compile("\\s*(?i:bearer)[ \\t]+(sk_[A-Za-z0-9_-]{1,250})\\s*(?:,.*)?");

    private BearerToken() {}

    /**
     * Empty when there is none, or it has not the form of an API key.
     *
     * @throws dev.waybill.platform.errors.WaybillException 400 when there are two that differ
     */
    static Optional<Secret> of(HttpServletRequest request) {
        return RequestHeaders.authorization(request).flatMap(BearerToken::parse);
    }

    static Optional<Secret> parse(String header) {
        Matcher matcher = FORM.matcher(header);
        return matcher.matches() ? Optional.of(new Secret(matcher.group(1))) : Optional.empty();
    }
}
