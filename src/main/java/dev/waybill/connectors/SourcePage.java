package dev.waybill.connectors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param files in the order of the listing; a page may be empty and still not be the last one
 * @param next where the listing goes on; null at its end, and only there
 */
public record SourcePage(List<SourceFile> files, @Nullable String next) {

    public SourcePage {
        files = List.copyOf(files);
    }
}
