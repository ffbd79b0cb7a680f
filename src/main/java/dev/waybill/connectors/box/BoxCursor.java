package dev.waybill.connectors.box;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.PageToken;
import dev.waybill.connectors.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cursor of a depth-first listing of folders: a stack of the pages that are yet to be requested. The content of a
 * folder comes before the folder's next page, so there are no more of them than a page has folders, for each level. Not
 * thread-safe.
 */
final class BoxCursor {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Deque<Stop> stops = new ArrayDeque<>();

    /**
     * A page of a folder.
     *
     * @param page null for the first
     * @param isAfresh whether the folder's listing was restarted, as Box rejected an earlier marker
     */
    record Stop(String folder, @Nullable PageToken page, boolean isAfresh) {

        static Stop at(String folder) {
            return new Stop(folder, null, false);
        }

        /** The next page. @throws SourceException on a cycle in the listing */
        Stop then(String marker) {
            PageToken next = page == null ? PageToken.first(marker) : page.then(marker, BoxAccess.NAME);
            return new Stop(folder, next, isAfresh);
        }
    }

    static BoxCursor at(String folder) {
        BoxCursor cursor = new BoxCursor();
        cursor.push(Stop.at(folder));
        return cursor;
    }

    /** @throws SourceException {@link Diagnosis#BROKEN_LISTING} when it is invalid */
    static BoxCursor read(String text) {
        try {
            JsonNode all = JSON.readTree(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            BoxCursor cursor = new BoxCursor();
            all.forEach(stop -> cursor.stops.addLast(read(stop)));
            return cursor;
        } catch (IllegalArgumentException | JacksonException foreign) {
            throw new SourceException(Diagnosis.BROKEN_LISTING, "The cursor is none of this listing's; begin it anew");
        }
    }

    private static Stop read(JsonNode stop) {
        String folder = stop.path(0).asString("");
        PageToken page = stop.size() < 5
                ? null
                : new PageToken(
                        stop.path(1).asString(""),
                        stop.path(2).asString(""),
                        stop.path(3).asLong(0),
                        stop.path(4).asLong(1));
        return new Stop(folder, page, stop.path(stop.size() - 1).asBoolean(false));
    }

    /** The serialized cursor for {@link #read}; null when nothing is left. */
    @Nullable
    String text() {
        if (stops.isEmpty()) {
            return null;
        }
        List<List<Object>> all = new ArrayList<>();
        for (Stop stop : stops) {
            PageToken page = stop.page();
            all.add(
                    page == null
                            ? List.of(stop.folder(), stop.isAfresh())
                            : List.of(
                                    stop.folder(),
                                    page.value(),
                                    page.anchor(),
                                    page.passed(),
                                    page.reach(),
                                    stop.isAfresh()));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(all));
    }

    Optional<Stop> next() {
        return Optional.ofNullable(stops.poll());
    }

    void push(Stop stop) {
        stops.push(stop);
    }
}
