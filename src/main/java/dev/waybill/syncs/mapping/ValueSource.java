package dev.waybill.syncs.mapping;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a field's value comes from. */
sealed interface ValueSource {

    /** That a file has no such value; a constant may well be null. */
    Object MISSING = new Object();

    /** The value, a JSON value, or {@link #MISSING}. */
    @Nullable
    Object of(SourceFacts sourceFacts);

    /** A tag of that very name. */
    record Tag(String key) implements ValueSource {

        @Override
        public Object of(SourceFacts sourceFacts) {
            return orMissing(sourceFacts.tags().get(key));
        }
    }

    /** What a user put beside the file, whatever the name's case. */
    record Metadata(String key) implements ValueSource {

        @Override
        public Object of(SourceFacts sourceFacts) {
            return orMissing(sourceFacts.metadata().get(key.toLowerCase(Locale.ROOT)));
        }
    }

    /** What the pattern's only group takes of the file's name. */
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
     * @param isFull all of them, joined
     */
    record FolderPath(@Nullable Integer segment, boolean isFull) implements ValueSource {

        @Override
        public Object of(SourceFacts sourceFacts) {
            String[] parts = sourceFacts.file().key().split("/", -1);
            List<String> folders = Arrays.asList(parts).subList(0, parts.length - 1);
            if (isFull) {
                return folders.isEmpty() ? MISSING : String.join("/", folders);
            }
            int wanted = segment == null ? -1 : segment;
            int index = wanted < 0 ? folders.size() + wanted : wanted;
            return index < 0 || index >= folders.size() ? MISSING : folders.get(index);
        }
    }

    /** Always the same. */
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
