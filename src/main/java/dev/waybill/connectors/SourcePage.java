package dev.waybill.connectors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing.
 *
 * @param files in the order of the listing; a page may be empty and still not be the last one
 * @param next the cursor of the next page; null on the last page, and only there
 */
public record SourcePage(List<SourceFile> files, @Nullable String next) {

    public SourcePage {
        files = List.copyOf(files);
    }
}
