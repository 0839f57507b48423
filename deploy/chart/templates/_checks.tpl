{{/* What a schema cannot say. Each failure names the value, what was found, and what mends it. */}}
{{- define "foundling.checks" -}}
{{- $name := include "foundling.name" . -}}
{{- if gt (len $name) 45 -}}
{{- fail (printf "the release name makes the pods' name %s, %d characters, at most 45 leave room for what Kubernetes adds; choose a shorter release name" $name (len $name)) -}}
{{- end -}}
{{- if and .Values.image.tag .Values.image.digest -}}
{{- fail (printf "image.tag is %s and image.digest is set, which goes before it, so the tag would not count; set one of them, and the other to \"\"" .Values.image.tag) -}}
{{- end -}}
{{- if eq .Values.image.tag "latest" -}}
{{- fail "image.tag is latest, which is another image tomorrow; name a version, or a digest in image.digest" -}}
{{- end -}}
{{- if regexMatch "-Xmx|RAMPercentage|java\\.io\\.tmpdir" .Values.javaOptions -}}
{{- fail (printf "javaOptions is %q, but heap and temporary directory are set by memory.heapMi and image.temporaryDirectory" .Values.javaOptions) -}}
{{- end -}}
{{- range $section := list "kafka" "avro" -}}
{{- range $key, $setting := get $.Values.config $section -}}
{{- $names := "(?i)password|secret|jaas|token|user\\.info|credential|private\\.key|keystore\\.key|api\\.key" -}}
{{- if or (and (regexMatch $names $key) (not (regexMatch "\\.(credentials\\.source|endpoint\\.url)$" $key))) (regexMatch "(?s)//.*@" (toString $setting)) -}}
{{- fail (printf "config.%s.%s looks like a secret, and the configuration is no place for one; put it into a Secret and name that under secrets" $section $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.networkPolicy.enabled -}}
{{- range $url := splitList "," (get .Values.config.avro "schema.registry.url") -}}
{{- $port := regexFind ":[0-9]+" (regexFind "//[^/]*" $url) | trimPrefix ":" | default (ternary "443" "80" (hasPrefix "https:" (trim $url))) -}}
{{- if not (has $port (toStrings $.Values.networkPolicy.egressPorts)) -}}
{{- fail (printf "config.avro.schema.registry.url names port %s, but networkPolicy.egressPorts is %s; add it, with every other port that brokers and registry listen on" $port (toJson $.Values.networkPolicy.egressPorts)) -}}
{{- end -}}
{{- end -}}
{{- range $server := splitList "," (get .Values.config.kafka "bootstrap.servers") -}}
{{- $port := regexFind "[0-9]+$" (trim $server) -}}
{{- if and $port (not (has $port (toStrings $.Values.networkPolicy.egressPorts))) -}}
{{- fail (printf "config.kafka.bootstrap.servers names port %s, but networkPolicy.egressPorts is %s; add it, with every other port that brokers and registry listen on" $port (toJson $.Values.networkPolicy.egressPorts)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.notify.enabled -}}
{{- if not .Values.config.receivers -}}
{{- fail "notify.enabled is true, but config.receivers is empty; name those that alerts are sent to" -}}
{{- end -}}
{{- range $receiver := .Values.config.receivers -}}
{{- range $url := splitList "," ($receiver.url | default "") -}}
{{- $port := regexFind ":[0-9]+" (regexFind "//[^/]*" $url) | trimPrefix ":" | default (ternary "443" "80" (hasPrefix "https:" (trim $url))) -}}
{{- if and $url $.Values.networkPolicy.enabled (not (has $port (toStrings (concat $.Values.networkPolicy.egressPorts $.Values.notify.egressPorts)))) -}}
{{- fail (printf "config.receivers names port %s for %s, but notify.egressPorts is %s; add it" $port $receiver.name (toJson $.Values.notify.egressPorts)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .Values.console.enabled -}}
{{- $console := .Values.config.console | default dict -}}
{{- if not (or $console.tokensFile (dig "oidc" "issuer" "" $console)) -}}
{{- fail "console.enabled is true, but config.console has neither tokensFile nor oidc.issuer; other machines reach it, so it needs credentials, see src/service/docs/access.md" -}}
{{- end -}}
{{- if and (include "foundling.consoleKeepsFile" .) (gt (int .Values.console.replicas) 1) -}}
{{- fail (printf "console.replicas is %v, but the database is a file of SQLite, which one pod has; set config.console.database to one of PostgreSQL (jdbc:postgresql://...)" .Values.console.replicas) -}}
{{- end -}}
{{- $port := regexFind ":[0-9]+" (regexFind "//[^/]*" ($console.database | default "")) | trimPrefix ":" | default "5432" -}}
{{- if and (not (include "foundling.consoleKeepsFile" .)) .Values.networkPolicy.enabled (not (has $port (toStrings (concat .Values.networkPolicy.egressPorts .Values.console.egressPorts)))) -}}
{{- fail (printf "config.console.database names port %s, but console.egressPorts is %s; add it" $port (toJson .Values.console.egressPorts)) -}}
{{- end -}}
{{- if and .Values.console.ingress.enabled (not .Values.console.ingress.host) -}}
{{- fail "console.ingress.enabled is true, but console.ingress.host is empty; name the host that people open" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.strimzi.topics (gt (int .Values.strimzi.minInSyncReplicas) (int .Values.strimzi.replicas)) -}}
{{- fail (printf "strimzi.minInSyncReplicas is %v, expected at most strimzi.replicas, %v" .Values.strimzi.minInSyncReplicas .Values.strimzi.replicas) -}}
{{- end -}}
{{- end }}
