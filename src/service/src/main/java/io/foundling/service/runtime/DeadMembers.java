package io.foundling.service.runtime;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the member of a dead stream thread out of the group. A static member does not leave by itself, and its successor
 * has another number, so the partitions would be nobody's until the session times out, 45 s later.
 */
final class DeadMembers {

    private static final Logger LOG = LoggerFactory.getLogger(DeadMembers.class);

    /** Kafka Streams ends the name of a thread and the name of its member with the same number. */
    private static final Pattern NUMBER = Pattern.compile("-StreamThread-(\\d+)$");

    private final Admin admin;
    private final String group;
    private final String instance;

    DeadMembers(Admin admin, String group, String instance) {
        this.admin = admin;
        this.group = group;
        this.instance = instance;
    }

    /** Removes the member of a thread; does not wait for the answer. */
    void remove(String threadName) {
        Matcher number = NUMBER.matcher(threadName);
        if (!number.find()) {
            return;
        }
        String member = instance + '-' + number.group(1);
        admin.removeMembersFromConsumerGroup(
                        group, new RemoveMembersFromConsumerGroupOptions(Set.of(new MemberToRemove(member))))
                .all()
                .whenComplete((done, refused) -> LOG.debug("member {} of {} was removed", member, group, refused));
    }
}
