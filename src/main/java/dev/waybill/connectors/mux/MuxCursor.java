package dev.waybill.connectors.mux;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.PageToken;
import dev.waybill.connectors.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The cursor of a listing of assets.
 *
 * @param page null for the first
 * @param isAfresh whether the listing was restarted, as Mux rejected an earlier cursor
 */
record MuxCursor(@Nullable PageToken page, boolean isAfresh) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static MuxCursor read(@Nullable String text) {
        if (text == null) {
            return new MuxCursor(null, false);
        }
        try {
            JsonNode all = JSON.readTree(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            PageToken page = new PageToken(
                    all.path(0).asString(""),
                    all.path(1).asString(""),
                    all.path(2).asLong(0),
                    all.path(3).asLong(1));
            return new MuxCursor(page, all.path(4).asBoolean(false));
        } catch (IllegalArgumentException | JacksonException foreign) {
            throw new SourceException(Diagnosis.BROKEN_LISTING, "The cursor is none of this listing's; begin it anew");
        }
    }

    /** The next page. @throws SourceException on a cycle in the listing */
    MuxCursor then(String next) {
        return new MuxCursor(page == null ? PageToken.first(next) : page.then(next, MuxAccess.NAME), isAfresh);
    }

    /** The serialized cursor for {@link #read}. */
    String text() {
        if (page == null) {
            throw new IllegalStateException("nothing is behind the start yet");
        }
        List<Object> all = List.of(page.value(), page.anchor(), page.passed(), page.reach(), isAfresh);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(all));
    }
}
