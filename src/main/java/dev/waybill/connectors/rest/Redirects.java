package dev.waybill.connectors.rest;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import dev.waybill.platform.fetch.WebUrl;
import java.net.URI;
import java.util.Optional;

/**
 * Goes to where a provider says that a file's bytes are, past the address guard as ever. Whoever answers there is told of no
 * header but the range.
 *
 * @param provider for sentences
 */
public record Redirects(RestPool pool, String provider) {

    private static final int MOST = 5;
    private static final String RANGE = "Range";

    /**
     * Follows an answer as long as it leads on.
     *
     * @param asked what it answers
     * @return the first answer that leads nowhere; one that does so already comes back
     */
    public RestStream follow(RestCall asked, RestStream answer) {
        RestStream last = answer;
        URI at = asked.uri();
        for (int hop = 0; leads(last.answer()); hop++) {
            if (hop == MOST) {
                throw new SourceException(
                        Diagnosis.NOT_DOWNLOADABLE,
                        "%s leads through more than %d redirects to the file".formatted(provider, MOST));
            }
            at = resolved(at, String.valueOf(last.answer().header("location")));
            last = open(at, asked);
        }
        return last;
    }

    /** Opens a URL that a provider gave, as {@link #follow} does. */
    public RestStream open(RestCall asked) {
        return follow(asked, open(asked.uri(), asked));
    }

    private RestStream open(URI uri, RestCall asked) {
        RestCall bare = RestCall.get(uri).with("Accept-Encoding", "identity");
        String range = asked.headers().get(RANGE);
        return pool.to(uri, true).open(range == null ? bare : bare.with(RANGE, range));
    }

    /** Whether it is a redirect. */
    public static boolean leads(RestAnswer answer) {
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
