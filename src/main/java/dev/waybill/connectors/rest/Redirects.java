package dev.waybill.connectors.rest;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.platform.fetch.WebUrl;
import java.net.URI;
import java.util.Optional;

/**
 * Follows a provider's redirects to a file's bytes, through the address guard. Their targets get no header but the
 * range.
 *
 * @param provider for messages
 */
public record Redirects(RestPool pool, String provider) {

    private static final int MAX_REDIRECTS = 5;
    private static final String RANGE = "Range";

    /**
     * Follows redirects.
     *
     * @param request the request of the response
     * @return the first response that is no redirect; may be the given one
     */
    public RestStream follow(RestCall request, RestStream answer) {
        RestStream last = answer;
        URI at = request.uri();
        for (int hop = 0; isRedirect(last.answer()); hop++) {
            if (hop == MAX_REDIRECTS) {
                throw new SourceException(
                        Diagnosis.NOT_DOWNLOADABLE,
                        "%s leads through more than %d redirects to the file".formatted(provider, MAX_REDIRECTS));
            }
            at = resolved(at, String.valueOf(last.answer().header("location")));
            last = open(at, request);
        }
        return last;
    }

    /** Opens a URL of a provider, and follows its redirects. */
    public RestStream open(RestCall request) {
        return follow(request, open(request.uri(), request));
    }

    private RestStream open(URI uri, RestCall request) {
        RestCall bare = RestCall.get(uri).with("Accept-Encoding", "identity");
        String range = request.headers().get(RANGE);
        return pool.to(uri, true).open(range == null ? bare : bare.with(RANGE, range));
    }

    /** Whether it is a redirect. */
    public static boolean isRedirect(RestAnswer answer) {
        return answer.status() / 100 == 3 && answer.header("location") != null;
    }

    private URI resolved(URI from, String location) {
        Optional<URI> to = WebUrl.redirect(from, location).filter(read -> read.getHost() != null);
        if (to.isPresent()) {
            return to.get();
        }
        throw new SourceException(
                Diagnosis.NOT_DOWNLOADABLE, "%s leads to something that is no URL".formatted(provider));
    }
}
