package dev.waybill.platform.formats;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Formats that hold pictures or sound, and are called differently by what they hold. */
final class Tracks {

    private Tracks() {}

    static Format video(String type, String name, String phrase, Set<String> subtypes) {
        return new Format(type, name, phrase + " video", prefixed("video/", subtypes), Format.Family.CLOSED, false);
    }

    static Format audio(String type, String name, String phrase, Set<String> subtypes) {
        return new Format(
                type,
                name + " audio",
                phrase + " file with sound alone",
                prefixed("audio/", subtypes),
                Format.Family.CLOSED,
                false);
    }

    /** Where the bytes that were read do not show it. */
    static Format either(
            String video, String audio, String name, String phrase, Set<String> videos, Set<String> sounds) {
        Set<String> choices = new LinkedHashSet<>();
        choices.add(audio); // the first that fits is what a property makes of it
        choices.addAll(prefixed("audio/", sounds));
        choices.addAll(prefixed("video/", videos));
        return new Format(
                video, name, phrase + " file", Collections.unmodifiableSet(choices), Format.Family.CLOSED, true);
    }

    private static Set<String> prefixed(String prefix, Set<String> subtypes) {
        Set<String> types = new HashSet<>();
        subtypes.forEach(subtype -> types.add(prefix + subtype));
        return Set.copyOf(types);
    }
}
