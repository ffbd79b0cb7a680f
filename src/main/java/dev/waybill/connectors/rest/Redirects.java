package dev.waybill.connectors.rest;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceException;
import java.net.URI;

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
        try {
            URI to = from.resolve(location);
            if (to.getHost() != null) {
                return to;
            }
        } catch (IllegalArgumentException malformed) {
            // It leads nowhere.
        }
        throw new SourceException(
                Diagnosis.NOT_DOWNLOADABLE, "%s leads to something that is no URL".formatted(provider));
    }
}
