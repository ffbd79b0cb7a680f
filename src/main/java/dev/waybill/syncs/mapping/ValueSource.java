package dev.waybill.syncs.mapping;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Source of a field's value: a tag, metadata, part of the key, or a constant. */
sealed interface ValueSource {

    /** Marks that a file has no such value; distinct from null, which a constant may be. */
    Object MISSING = new Object();

    /** The value, a JSON value, or {@link #MISSING}. */
    @Nullable
    Object of(SourceFacts sourceFacts);

    /** A tag; its name is case-sensitive. */
    record Tag(String key) implements ValueSource {

        @Override
        public Object of(SourceFacts sourceFacts) {
            return orMissing(sourceFacts.tags().get(key));
        }
    }

    /** User metadata; its name is case-insensitive. */
    record Metadata(String key) implements ValueSource {

        @Override
        public Object of(SourceFacts sourceFacts) {
            return orMissing(sourceFacts.metadata().get(key.toLowerCase(Locale.ROOT)));
        }
    }

    /** The match of the pattern's only group in the file's name. */
    record FilenameRegex(Pattern pattern, @Nullable String byDefault) implements ValueSource {

        @Override
        public Object of(SourceFacts sourceFacts) {
            Matcher matcher = pattern.matcher(sourceFacts.file().name());
            String found = matcher.find() ? matcher.group(1) : null;
            return orMissing(found == null ? byDefault : found);
        }
    }

    /**
     * Folders of the key, counted from the root of the bucket.
     *
     * @param segment 0 for the first, -1 for the last; null for the last
     * @param isFull all folders, joined
     */
    record FolderPath(@Nullable Integer segment, boolean isFull) implements ValueSource {

        @Override
        public Object of(SourceFacts sourceFacts) {
            String[] parts = sourceFacts.file().key().split("/", -1);
            List<String> folders = Arrays.asList(parts).subList(0, parts.length - 1);
            if (isFull) {
                return folders.isEmpty() ? MISSING : String.join("/", folders);
            }
            int requested = segment == null ? -1 : segment;
            int index = requested < 0 ? folders.size() + requested : requested;
            return index < 0 || index >= folders.size() ? MISSING : folders.get(index);
        }
    }

    /** A fixed value. */
    record Constant(@Nullable Object value) implements ValueSource {

        @Override
        public @Nullable Object of(SourceFacts sourceFacts) {
            return value;
        }
    }

    private static Object orMissing(@Nullable String value) {
        return value == null ? MISSING : value;
    }
}
