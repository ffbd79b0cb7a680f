package dev.waybill.local;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;

/** Says what MongoDB says where the stand-in says something else. */
final class Answers {

    private Answers() {}

    /** The stand-in knows {@code hello} by its older name only. */
    static String known(String command) {
        return command.equals("hello") ? "ismaster" : command;
    }

    /** The stand-in counts all that was to be inserted, those that were refused included. */
    static Document corrected(String command, Document asked, Document answer) {
        if (command.equalsIgnoreCase("insert")
                && answer.get("writeErrors") instanceof Collection<?> refused
                && refused.iterator().next() instanceof Document first) {
            Object inOrder = first.get("index");
            int all = ((Collection<?>) asked.get("documents")).size();
            answer.put(
                    "n", Boolean.FALSE.equals(asked.get("ordered")) ? Integer.valueOf(all - refused.size()) : inOrder);
        }
        return answer;
    }
}
