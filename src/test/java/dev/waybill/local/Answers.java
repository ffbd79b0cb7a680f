package dev.waybill.local;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;

/** Corrects responses of the stand-in that differ from MongoDB's. */
final class Answers {

    private Answers() {}

    /** The stand-in knows {@code hello} by its older name only. */
    static String known(String command) {
        return command.equals("hello") ? "ismaster" : command;
    }

    /** The stand-in counts refused documents as inserted, too. */
    static Document corrected(String command, Document query, Document answer) {
        if (command.equalsIgnoreCase("insert")
                && answer.get("writeErrors") instanceof Collection<?> refused
                && refused.iterator().next() instanceof Document first) {
            Object inOrder = first.get("index");
            int all = ((Collection<?>) query.get("documents")).size();
            answer.put(
                    "n", Boolean.FALSE.equals(query.get("ordered")) ? Integer.valueOf(all - refused.size()) : inOrder);
        }
        return answer;
    }
}
