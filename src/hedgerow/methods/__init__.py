"""General statistics and algorithms, one idea a module.

Nothing here knows what its numbers stand for. Functions take arrays and an explicit
``numpy.random.Generator`` where chance comes in, and return numbers or small frozen values.
``None`` means that a quantity is undefined for the data given; wrong input raises ``ValueError``.
Labels may be of any kind; ``None`` and NaN are missing.

Signatures of the parts that most others lean on (import the modules directly)::

    labelling.encode(labels) -> (codes, classes)                   code -1 is missing
    labelling.class_sizes(codes) -> counts
    labelling.paired_codes(first, second) -> (codes, codes)

    diversity.hill_number(counts, q) -> float, .hill_numbers(table, q) -> one for each row
    diversity.rarefied_hill(counts, size, q, draws, rng) -> float
    diversity.gini_simpson(counts) -> float

    proportion.wilson_interval(successes, n, level=0.95) -> (low, high)
    proportion.normal_quantile(level) -> float
    beta_share.posterior_share(successes, failures, prior=(1, 1), level=0.95) -> PosteriorShare
    rate_interval.rate_interval(count, exposure, level=0.95) -> (low, high)
    ratio_interval.ratio_interval(numerator, denominator, level=0.95) -> (low, high)
    ratio_interval.clustered_share_interval(successes, totals, level=0.95) -> (low, high)
    median_interval.median_interval(values, level=0.95) -> (low, high)

    neighbours.nearest_neighbours(xy, k) -> (indices (n, k), distances (n, k))
    neighbours.nearest_of(xy, rows, k) -> (indices (m, k), distances (m, k))
    neighbours.nearest_target(from_xy, to_xy) -> (index, distance)
    neighbours.nearest_distance(from_xy, to_xy) -> distance

    permutation.NullDistribution(observed, mean, sd, low, high,
                                 p_lower, p_upper, p_two_sided, draws), .effect, .z
    permutation.null_distribution(observed, null, mean=None, level=0.95) -> NullDistribution
    permutation.permutation_test(statistic, labels, rng, draws=999, level=0.95)
    permutation.permuted_codes(codes, draws, rng) -> (draws, n)

    join_counts.neighbour_pairs(neighbours) -> pairs (m, 2)
    join_counts.different_label_share(labels, pairs) -> float | None
    join_counts.expected_different_share(labels) -> float | None
    join_counts.join_count_test(labels, pairs, rng, draws=999, level=0.95)
                                                    -> NullDistribution | None

    partitions.entropy(labels) -> float
    partitions.conditional_entropy(labels, given) -> float
    partitions.nestedness(inner, outer) -> float | None
    partitions.adjusted_mutual_information(first, second) -> float | None

    compactness.median_pairwise_distance(xy) -> float
    compactness.standard_distance(xy) -> float
    compactness.compactness_against_pool(xy, pool_xy, rng, draws=999, level=0.95)
                                          -> Compactness(observed, expected, ratio, null)
    compactness.draw_groups(pool, size, draws, rng) -> (draws, size)

    bootstrap.bootstrap_mean(values, rng, clusters=None, draws=999, level=0.95)
    bootstrap.bootstrap_ratio(numerator, denominator, rng, clusters=None, draws=999, level=0.95)
    bootstrap.bootstrap_median(values, rng, clusters=None, draws=999, level=0.95)
                       -> BootstrapInterval(value, low, high, level, draws, undefined, units)

    grouped_resampling.resample_within(group, rng) -> times (n,)
    grouped_resampling.weighted_group_means(values, times, group, groups), .weighted_medians(...)

    contiguity.gabriel_edges(xy) -> edges (m, 2), .pieces(edges, n) -> (n,)
    regionalisation.regions(xy, edges, floor, ceiling, rng) -> Regions(labels, sizes, is_within)

    incidence.kaplan_meier(durations, events, entry=None) -> Curve
    incidence.aalen_johansen(durations, causes, cause=1, entry=None) -> Curve
    incidence.Curve(times, at_risk, events, values, variance, start)
        .at(time), .interval_at(time, level=0.95), .time_to(share) -> float | None
    hazard_ratio.log_rank(durations, events, group)
                                -> LogRank(observed, expected, variance) | None, .statistic, .p
    hazard_ratio.hazard_ratio(durations, events, group, level=0.95)
                                -> HazardRatio(ratio, low, high, coefficient, se) | None

    change_points.squared_cost(values) -> cost (n + 1, n + 1), .poisson_cost(counts, exposures)
    change_points.best_changes(cost, changes, shortest=1) -> first positions
    change_points.rate_change_test(counts, exposures, rng, shortest=1, draws=999)
                                -> RateChange(index, before, after, null) | None
    co_movement.follow_share(changes, lags) -> (share, events) | None
    co_movement.follow_test(changes, lags, rng, period=1, draws=999) -> NullDistribution | None

Networks are square arrays, entry (i, j) the tie from i to j::

    network.adjacency_matrix(pairs, n, *, directed, weights=None) -> (n, n)
    network.undirected_pairs(adjacency) -> pairs (m, 2)
    brokerage.brokerage(adjacency, groups) -> Brokerage(coordinator, itinerant, in_gate,
                                                        out_gate, liaison, total)
    brokerage.brokerage_null(adjacency, groups, rng, draws=999, level=0.95)
                                                     -> BrokerageNull(mean, sd, totals)
    structural_holes.constraint(adjacency), .effective_size(adjacency) -> (n,), NaN for isolates
    homophily.ei_index(labels, pairs), .expected_ei_index(labels), .ei_test(labels, pairs, rng)
    homophily.unit_ei_index(labels, pairs), .label_assortativity(labels, pairs, *, directed=False),
        .label_assortativity_test(labels, pairs, rng)
    participation.participation_coefficient(counts), .multiplex_participation(degrees)
    participation.layer_overlap(first, second), .layer_overlap_test(first, second, rng),
        .mean_participation_test(degrees, rng)
    group_ties.tied_group_share(labels, pairs), .tied_group_test(labels, pairs, rng)
    unit_loss.share_under_loss(marks, pairs, n, lost, rng) -> (low, high) | None
    projection.shared_counts(table), .weighted_projection(table) -> (n, n)
    core_periphery.core_periphery(adjacency, rng, starts=60) -> CorePeriphery | None
    fragmentation.efficiency(adjacency), .distance_weighted_fragmentation(adjacency)
    fragmentation.reach_efficiency(adjacency, sources, targets), .removal_rises(adjacency)
    fragmentation.key_players(adjacency, size) -> KeyPlayers
    carried_paths.reach(arcs, n, sources, targets, kept=None) -> Reach, .losses(whole, left)
    interlock.interlock(table) -> Interlock, .interlock_test(table, rng), .sole_joins(table),
        .expected_interlock_density(table), .bipartite_configuration(row_sums, column_sums)
    curveball.curveball_tables(table, rng, draws=999, trades=None) -> (draws, n, m)
    configuration.rewired_networks(adjacency, rng, draws=99, swaps=None) -> (draws, n, n)
    communities.modularity(adjacency, labels, resolution=1.0)
    communities.find_communities(layers, rng, weights=None, resolution=1.0, starts=20),
        .consensus_communities(layers, rng, weights=None, resolution=1.0, starts=20)
    community_match.community_match(networks, tables, labels, rng, draws=49, starts=20)
    mrqap.network_regression(response, predictors, rng, draws=999, level=0.95)

Access and inequality::

    catchment.two_step_access(demand, supply, origin, destination, weight=None) -> (n,)
    catchment.three_step_access(demand, supply, origin, destination, weight) -> (n,)
    catchment.crowding_access(demand, supply, origin, destination, cost, tau, rho=None) -> (n,)
    catchment.step_weights(cost, limits, weights), .gaussian_weights(cost, limit)
    kolm_pollak.kolm_pollak_ede(values, epsilon, weights=None), .kolm_pollak_gap(...),
        .kolm_pollak_ede_at(values, kappa, weights=None)
    concentration.concentration_index(values, ranking, weights=None), .erreygers_index(...),
        .wagstaff_index(...), .concentration_interval(values, ranking, rng, weights, clusters)
    theil.theil_index(values, weights=None), .theil_split(values, groups, weights=None),
        .between_share_test(values, groups, rng)
    gini.gini_index(values, weights=None)
    median_odds.median_odds_ratio(variance)
    median_odds.fit_random_intercepts(outcomes, groups, covariates=None) -> RandomIntercepts

Effects, agreement, typology and samples::

    staggered.group_time_effects(outcomes, periods, cohorts, weights=None, controls="never",
                                 anticipation=0) -> GroupTimeEffects
    staggered.simple_effect(effects), .event_effects(...), .dynamic_effect(...), .cohort_effect(...)
    staggered.simple_effect_interval(outcomes, periods, cohorts, rng, clusters=None)
    stacked.stacked_effects(outcomes, begins, window=None, strata=None) -> StackedEffects,
        .mean_effect_null(..., rng), .mean_effect_draws(..., weights), .group_means(effects, groups)
    partial_pooling.partial_pooling(estimates, standard_errors) -> PooledEffects
    standing_out.standing(value, error, others, other_errors, inside=0.8) -> Standing,
        .spread_without_error(values, errors) -> (k,)
    false_discovery.adjusted_p_values(p_values) -> (m,)
    concordance.kendall_w(scores), .kendall_w_test(scores, rng),
        .rank_biased_overlap(first, second, p=0.9), .mean_overlap_test(ranks, rng),
        .group_rank_gap_test(scores, groups, rng)
    agreement.krippendorff_alpha(codings, metric="nominal") -> float | None
    agreement.krippendorff_alpha_interval(codings, rng, metric, clusters), .masi_distance(a, b),
        .fleiss_kappa(counts)
    association.cramers_v(first, second, *, bias_corrected=True), .cramers_v_test(...)
    similarity.ruzicka_similarity(items) -> (n, n), .likeness_gap(similarity, labels, rng),
        .likeness_gap_interval(...), .group_likeness(similarity, labels, rng, smallest=2),
        .tied_mean_test(values, pairs, rng)
    dilution.share_lost(kept, cycles=1), .expected_loss(weights, a, b, rng, cycles=1)
    dilution.kept_shares(given, received) -> (levels,)
    dilution.measured_loss(given, received, rng, draws=999, level=0.95)
    gower.gower_dissimilarity(columns, kinds, weights=None) -> (n, n)
    medoids.partition_around_medoids(dissimilarity, k), .silhouette_widths(dissimilarity, labels)
    balanced_sampling.balanced_sample(chances, balance, rng) -> (n,) bool
    prototypes.memberships(draws, prototypes, spread) -> (k,), .normalised_entropy(shares)
    interval_prototypes.hinge_distances(values, low, high) -> (n,),
        .distances_among_alike(values, low, high), .conformal_p_values(scores, calibration)
    chao.chao_estimate(counts, level=0.95) -> UnseenEstimate
    regularity.regularity(times) -> float | None, .longest_gap(times, start, end) -> float
    false_discovery.adjusted_p_values(p_values) -> (m,)
    local_clusters.local_clusters(values, neighbours, rng, rows=None) -> LocalClusters
    pooled_ratio.pooled_rate_ratio(outcomes, exposed), .pooled_rate_ratio_interval(..., rng)
    explained.explained_share(response, predictors, rng) -> ExplainedShare | None
    profile_overlap.mean_cosine(counts, weights), .profile_overlap_test(units, cells, weights, rng)
"""
