using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExpertPanel.Server.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CommitteesTogether : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "LentFrom",
                table: "experts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "LoanId",
                table: "experts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "loans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BorrowerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LenderId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BorrowerName = table.Column<string>(type: "TEXT", nullable: false),
                    LenderCode = table.Column<string>(type: "TEXT", nullable: false),
                    LenderName = table.Column<string>(type: "TEXT", nullable: false),
                    ExpertId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BankNumber = table.Column<string>(type: "TEXT", nullable: false),
                    ExpertName = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AskedBy = table.Column<string>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", nullable: true),
                    ExpertConsentedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    CardJson = table.Column<string>(type: "TEXT", nullable: false),
                    CardVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    CarriedVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    GuestId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Fault = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_loans", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: false),
                    DisplayName = table.Column<string>(type: "TEXT", nullable: false),
                    Division = table.Column<string>(type: "TEXT", nullable: true),
                    Roles = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_memberships", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_loans_BorrowerId_ExpertId",
                table: "loans",
                columns: new[] { "BorrowerId", "ExpertId" },
                unique: true,
                filter: "\"State\" IN ('Asked', 'Lent')");

            migrationBuilder.CreateIndex(
                name: "IX_loans_LenderId_State",
                table: "loans",
                columns: new[] { "LenderId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_memberships_TenantId_UserId",
                table: "memberships",
                columns: new[] { "TenantId", "UserId" },
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_memberships_UserId",
                table: "memberships",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "loans");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropColumn(
                name: "LentFrom",
                table: "experts");

            migrationBuilder.DropColumn(
                name: "LoanId",
                table: "experts");
        }
    }
}
