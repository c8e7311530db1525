// Our routes are matters' ways; the framework's routes are addresses. Where "Route" stands alone, ours is meant.
global using Route = ExpertPanel.Workflows.Routes.Route;
