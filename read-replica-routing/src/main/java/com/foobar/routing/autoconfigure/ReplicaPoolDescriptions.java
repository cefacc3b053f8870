package com.foobar.routing.autoconfigure;

import java.util.List;

/**
 * The pools of all replicas before they are opened.
 *
 * @param pools in the order of the configuration
 */
record ReplicaPoolDescriptions(List<ReplicaPool> pools) {

}
