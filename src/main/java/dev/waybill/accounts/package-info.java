/**
 * Organizations, their users and the users' API keys, and how much each organization may store. At least one
 * administrator with a key that works always remains, and of a key only its hash is stored. Begin with {@code
 * Organizations}, {@code Users} and {@code ApiKeys}; {@code Bootstrap} creates the operator's key at the start.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.text",
            "platform.errors",
            "platform.json",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "auth"
        })
package dev.waybill.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
